import { XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { drawBars } from "../../../src/pictures/bars.ts";
import { drawFiguresCard, PLOT_BOX } from "../../../src/pictures/figures-card.ts";
import { PLOT_LOOKS, PLOT_THEMES, STACK_ORDER } from "../../../src/pictures/plot-look.ts";
import { drawMonths, drawShares } from "../../../src/pictures/plots.ts";
import { toPng } from "../../../src/pictures/to-png.ts";
import { STAGES, type Stage } from "../../../src/report/statistics.ts";

const everyStage = <Value>(valueOf: (stage: Stage) => Value): Record<Stage, Value> =>
  Object.fromEntries(STAGES.map((stage) => [stage, valueOf(stage)])) as Record<Stage, Value>;

const NAMES = everyStage((stage) => `Щёлк <${stage}>`);
const FRAME = { width: 800, height: 400, theme: "light" } as const;
const aMonth = (month: string, byStage: Partial<Record<Stage, number>>) => ({
  label: { month, year: "2026" },
  byStage: { ...everyStage(() => 0), ...byStage },
});

const textsIn = (svg: string): string[] =>
  [...svg.matchAll(/>([^<>]+)<\/t(?:ext|span)>/g)].map(([, text = ""]) => text);

/** WCAG's contrast of two colours. */
const contrast = (one: string, other: string): number => {
  const [light = 0, dark = 0] = [one, other].map(luminance).toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};
const luminance = (color: string): number =>
  [0.2126, 0.7152, 0.0722].reduce((sum, weight, index) => {
    const part = Number.parseInt(color.slice(1 + index * 2, 3 + index * 2), 16) / 255;
    return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  }, 0);

describe("the plot of months", () => {
  const svg = drawMonths([aMonth("июль", { confirmed: 3 }), aMonth("авг.", { work: 2 })], NAMES, FRAME);

  test("names the months and the stages there are, and no other", () => {
    const texts = textsIn(svg);
    expect(texts).toEqual(expect.arrayContaining(["июль", "авг.", "Щёлк &lt;confirmed&gt;", "Щёлк &lt;work&gt;"]));
    expect(texts.filter((text) => text.startsWith("Щёлк"))).toHaveLength(2);
  });

  test("is whole XML without a script, and the letters are drawn", async () => {
    expect(XMLValidator.validate(svg)).toBe(true);
    expect(svg).not.toContain("<script");
    const nameless = drawMonths(
      [aMonth("июль", { confirmed: 3 }), aMonth("авг.", { work: 2 })],
      everyStage(() => ""),
      FRAME,
    );
    expect((await toPng(svg)).length).toBeGreaterThan((await toPng(nameless)).length + 500);
  });

  test("leaves every row of a long legend its place above the plot", () => {
    const all = [
      aMonth(
        "июль",
        everyStage(() => 1),
      ),
    ];
    const narrow = drawMonths(
      all,
      everyStage((stage) => `${stage} ${"очень длинное".repeat(2)}`),
      { ...FRAME, width: 360 },
    );
    const plotAt = Number(/translate\(0 ([\d.]+)\)/.exec(narrow)?.[1]);
    const legendRows = [...narrow.matchAll(/<text x="[\d.]+" y="([\d.]+)"/g)].map(([, y]) => Number(y));
    expect(legendRows).toHaveLength(STAGES.length);
    expect(Math.max(...legendRows)).toBeLessThan(plotAt);
  });
});

test("the stack holds every stage once", () => {
  expect([...STACK_ORDER].toSorted()).toEqual([...STAGES].toSorted());
});

test.each(PLOT_THEMES)("%s: every colour stands out from its ground, letters more so", (theme) => {
  const { background, ink, quiet, stages, inTime, confirmed } = PLOT_LOOKS[theme];
  for (const color of [...Object.values(stages), inTime, confirmed]) {
    expect([color, contrast(color, background) >= 3]).toEqual([color, true]);
  }
  for (const color of [ink, quiet]) expect([color, contrast(color, background) >= 4.5]).toEqual([color, true]);
});

test("a month with too few cases is a gap in its line and not a zero", () => {
  const label = { month: "июль", year: null };
  const drawn = (inTime: number | null) =>
    drawShares([{ label, inTime, confirmed: null }], { inTime: "a", confirmed: "b" }, FRAME).match(/<path/g)?.length ??
    0;
  expect(drawn(0)).toBeGreaterThan(drawn(null));
});

describe("bars", () => {
  const bars = [
    {
      name: "Служба с таким названием, какого ни на одном экране не уместить целиком никогда",
      percent: 100,
      note: "100 %",
    },
    { name: "Другая", percent: null, note: "мало данных · 2 из 3" },
  ];

  test.each([860, 360])("at %i pixels stay within the picture, and few cases have no bar", (width) => {
    const svg = drawBars(bars, { width, theme: "dark" });
    const ends = [...svg.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].map(
      ([, x, w]) => Number(x) + Number(w),
    );
    expect(Math.max(...ends)).toBeLessThan(width);
    // A track each, and one bar.
    expect(ends).toHaveLength(3);
    expect(textsIn(svg)[0]).toMatch(/…$/);
  });
});

test("the card carries every figure with its words, escaped, and its plot", async () => {
  const tiles = [
    { figure: "12 345 678", label: "Подано & принято", note: "всего", tone: "plain" },
    { figure: "78 %", label: "В срок", note: "780 из 1 000", tone: "good" },
  ] as const;
  const plot = drawMonths([aMonth("июль", { work: 2 })], NAMES, { ...PLOT_BOX, theme: "light" });
  const svg = drawFiguresCard({ title: "Кунцево", subtitle: "2026", tiles, plot, foot: "Отклик" });
  expect(XMLValidator.validate(svg)).toBe(true);
  expect(textsIn(svg)).toEqual(expect.arrayContaining(["12 345 678", "Подано &amp; принято", "780 из 1 000", "июль"]));
  const png = await toPng(svg);
  expect(Buffer.from(png.subarray(1, 4)).toString("latin1")).toBe("PNG");
});
