import { defineConfig, type DummyRuleMap } from "oxlint";

/**
 * The import table of ARCHITECTURE.md: a room of `src/` and what it may import besides itself and `log.ts`.
 * `store/queries` alone means the reads and nothing else of the store.
 */
const ROOMS = {
  city: [],
  fetch: [],
  i18n: [],
  "local-telegram": [],
  report: ["city"],
  form: ["report", "city"],
  store: ["report", "form"],
  notices: ["report", "city", "i18n"],
  pictures: ["report", "city", "i18n"],
  actions: ["city", "fetch", "i18n", "report", "form", "store", "notices"],
  jobs: ["actions", "fetch", "store", "notices", "pictures", "report", "city", "i18n"],
  bot: ["actions", "notices", "pictures", "form", "report", "city", "i18n", "store/queries"],
  web: ["actions", "fetch", "notices", "pictures", "report", "city", "i18n", "store/queries"],
} as const satisfies Record<string, readonly string[]>;

type Room = keyof typeof ROOMS;
const ROOM_NAMES = Object.keys(ROOMS) as Room[];

/** A family of packages and the only places that may import it; everywhere else it is refused. */
const PACKAGES: readonly { names: string; rooms: readonly Room[]; files?: readonly string[]; typesIn?: Room }[] = [
  { names: "^(drizzle-orm|postgres|@electric-sql/pglite[^/]*)(/|$)", rooms: ["store"] },
  { names: "^@aws-sdk/", rooms: ["store"] },
  { names: "^(@resvg/|dejavu-fonts-ttf|echarts)", rooms: ["pictures"] },
  { names: "^pg-boss(/|$)", rooms: ["jobs"], files: ["src/store/enqueue.ts"] },
  { names: "^node-cron(/|$)", rooms: ["jobs"] },
  { names: "^grammy/types$", rooms: ["bot"], typesIn: "local-telegram" },
  { names: "^grammy(/[^t].*)?$", rooms: ["bot"] },
  { names: "^@grammyjs/parse-mode$", rooms: ["notices", "bot"] },
  { names: "^hono(/|$)", rooms: ["web", "local-telegram"] },
  { names: "^@hono/", rooms: ["web", "local-telegram"], files: ["src/main.ts"] },
  { names: "^i18next(/|$)", rooms: ["i18n"] },
];

/** Rooms whose rules get the time passed in, so that a test or a demo can travel. */
const PURE_ROOMS = ["city", "report", "form", "notices"] as const satisfies readonly Room[];

type Pattern = { regex: string; message: string; allowTypeImports?: boolean } | { group: string[]; message: string };

const packagePatterns = (place: { room?: Room; file?: string }): Pattern[] =>
  PACKAGES.filter(({ rooms, files = [] }) => {
    const allowedHere = place.room !== undefined && rooms.includes(place.room);
    return !allowedHere && !(place.file !== undefined && files.includes(place.file));
  }).map(({ names, rooms, files = [], typesIn }) => ({
    regex: names,
    message: `Only ${[...rooms, ...files].join(", ")} may import this package.`,
    ...(typesIn !== undefined && typesIn === place.room && { allowTypeImports: true }),
  }));

// A path such as `./../store/x.ts` would slip past the patterns, which look at how a path begins.
const straightPaths: Pattern = {
  regex: "^\\./\\.\\./|[^./]/\\.\\./",
  message: "Write the path straight: first every `../`, then the names.",
};

const restrictImports = (...patterns: Pattern[]): DummyRuleMap => ({
  "no-restricted-imports": ["error", { patterns: [...patterns, straightPaths] }],
});

// A relative path says how deep its file lies, so each depth has its own prefix that leads out of the room.
const onlyRooms = (room: Room, depth: number): Pattern => {
  const out = "../".repeat(depth);
  const allowed = [...ROOMS[room].map((target) => `${target}/**`), "log.ts"];
  if (room === "i18n") allowed.push("../locales/**");
  return {
    group: [`${out}**`, ...allowed.map((path) => `!${out}${path}`)],
    message: `${room} may import ${[...ROOMS[room], "log"].join(", ")} and nothing else of ours.`,
  };
};

const DEPTHS = [1, 2, 3, 4];

const roomOverrides = ROOM_NAMES.flatMap((room) =>
  DEPTHS.map((depth) => ({
    files: [`src/${room}/${"*/".repeat(depth - 1)}*.ts`],
    rules: restrictImports(onlyRooms(room, depth), ...packagePatterns({ room })),
  })),
);

const settingsAreMains: Pattern = { group: ["./settings*.ts"], message: "Only main imports settings." };
const leavesImportNothing: Pattern = {
  group: ["./**", "!./log.ts", "!./settings-names.ts"],
  message: "settings and log import nothing of ours but log.",
};

const demoIsRoot: Pattern = { group: ["../settings*.ts"], message: "Only main imports settings." };

// What a new folder meets until somebody says in the table what it may import.
const noRow: Pattern = { group: ["../**"], message: "This folder has no row in the import table of oxlint.config.ts." };

export default defineConfig({
  plugins: ["typescript", "import", "unicorn", "oxc", "promise", "node"],
  options: { typeAware: true },
  ignorePatterns: ["node_modules", "src/store/migrations", "data"],
  categories: { correctness: "error", suspicious: "error" },
  rules: {
    "import/no-cycle": "error",
    "max-lines": ["error", { max: 300 }],
    "typescript/no-explicit-any": "error",
    "typescript/consistent-type-imports": "error",
    // An un-awaited drizzle query is a thenable that never runs.
    "typescript/no-floating-promises": ["error", { checkThenables: true }],
    "typescript/no-misused-promises": "error",
    "typescript/await-thenable": "error",
    // TypeScript already demands a return on every path, and knows exhaustive switches.
    "typescript/consistent-return": "off",
    // Without a comparison a sort is by letters, which is what is meant for letters.
    "typescript/require-array-sort-compare": ["error", { ignoreStringArrays: true }],
    // Keys of a constant table are narrower than TypeScript's `string[]`; saying so is how tables become types.
    "typescript/no-unsafe-type-assertion": "off",
    // `"ok" | string` and `keyof T & string` say more than what they come down to; an event without data has type {}.
    "typescript/no-redundant-type-constituents": "off",
    "typescript/no-generated-empty-object-type": "off",
    // A listener may leave the set that is being walked: such copies are on purpose.
    "unicorn/no-useless-spread": "off",
    // i18next's own documentation calls its functions on the default import.
    "import/no-named-as-default-member": "off",
    // Spreading a string counts what people see as letters better than its length does.
    "typescript/no-misused-spread": ["error", { allow: [{ from: "lib", name: "string" }] }],
    // There are no classes here, so a function taken out of its record loses nothing.
    "typescript/unbound-method": "off",
    // A helper reads best next to the one function that uses it.
    "unicorn/consistent-function-scoping": "off",
    // A default would swallow the case somebody adds next year.
    "typescript/switch-exhaustiveness-check": [
      "error",
      { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: false },
    ],
  },
  overrides: [
    { files: ["src/*.ts"], rules: restrictImports(settingsAreMains, ...packagePatterns({})) },
    { files: ["src/main.ts"], rules: restrictImports(...packagePatterns({ file: "src/main.ts" })) },
    { files: ["src/settings*.ts", "src/log.ts"], rules: restrictImports(leavesImportNothing, ...packagePatterns({})) },
    { files: ["src/*/**/*.ts"], rules: restrictImports(noRow, ...packagePatterns({})) },
    // The demo's stories belong to the root as the demo itself does.
    { files: ["src/demo/*.ts"], rules: restrictImports(demoIsRoot, ...packagePatterns({})) },
    ...roomOverrides,
    {
      // Enqueueing inside our transaction needs pg-boss's adapter beside the transaction.
      files: ["src/store/enqueue.ts"],
      rules: restrictImports(
        onlyRooms("store", 1),
        ...packagePatterns({ room: "store", file: "src/store/enqueue.ts" }),
      ),
    },
    {
      files: PURE_ROOMS.map((room) => `src/${room}/**/*.ts`),
      rules: {
        "no-restricted-globals": [
          "error",
          { name: "Date", message: "Rules get `now` passed in; count with Temporal." },
        ],
        "no-restricted-properties": [
          "error",
          { object: "Temporal", property: "Now", message: "Rules get `now` passed in." },
          { object: "globalThis", property: "Date", message: "Rules get `now` passed in." },
        ],
      },
    },
    {
      // The one place where a Temporal instant becomes a Date, and the command line, where the clock comes in.
      files: ["src/city/instant.ts", "src/city/check.ts"],
      rules: { "no-restricted-globals": "off" },
    },
    {
      files: ["test/**/*.ts"],
      // A test sorts to compare what came in any order.
      rules: { "max-lines": ["error", { max: 500 }], "typescript/require-array-sort-compare": "off" },
    },
    {
      // The one big table of a room stays in one piece: whoever changes a status, or who is told what, must see all of it.
      files: ["src/report/status.ts", "src/notices/notices.ts"],
      rules: { "max-lines": "off" },
    },
  ],
});
