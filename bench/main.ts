/** `npm run bench -- NAME …` runs `bench/NAME.ts`. */
type Bench = { bench: (args: readonly string[]) => Promise<void> };

const [name = "", ...args] = process.argv.slice(2);
if (!/^[a-z-]+$/.test(name)) {
  process.stderr.write("Which? See docs/performance.md, e.g. npm run bench -- delivery\n");
  process.exit(1);
}
const { bench } = (await import(`./${name}.ts`)) as Bench;
await bench(args);
