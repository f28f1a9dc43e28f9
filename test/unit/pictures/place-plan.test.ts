import { describe, expect, test } from "vitest";
import { drawPlacePlan } from "../../../src/pictures/place-plan.ts";
import { loadDemoCity } from "../../support/demo-city.ts";

const demo = await loadDemoCity();
const HERE = { lat: 55.73, lon: 37.42 };
const street = (name: string, ...line: [lat: number, lon: number][]) => ({
  ...{ ...demo.streets[0]!, name: { ru: name } },
  line: line.map(([lat, lon]) => ({ lat, lon })),
});
const plan = (...streets: ReturnType<typeof street>[]) => drawPlacePlan({ ...demo, streets }, HERE, "ru");

describe("the plan of a place", () => {
  test("has the place in its middle, north above and east on the right", () => {
    const drawn = plan(street("Ярцевская улица", [55.73, 37.42], [55.732, 37.424]));
    const [[x1, y1] = [0, 0], [x2, y2] = [0, 0]] = drawn?.streets[0]?.line ?? [];
    expect([x1, y1]).toEqual([320, 180]);
    expect(x2).toBeGreaterThan(320);
    expect(y2).toBeLessThan(180);
  });

  test("leaves out what passes by, and keeps a long street that crosses it without a corner in it", () => {
    const drawn = plan(
      street("Далёкая улица", [55.8, 37.3], [55.81, 37.5]),
      street("Можайское шоссе", [55.73, 37.3], [55.73, 37.5]),
    );
    expect(drawn?.streets).toHaveLength(1);
    expect(drawn?.streets[0]?.label).toEqual({ text: "Можайское шоссе", at: [320, 180], angle: 0 });
  });

  test("writes a name once, never upside down, and only where there is room", () => {
    const drawn = plan(
      street("Улица", [55.732, 37.424], [55.728, 37.416]),
      street("Улица", [55.731, 37.414], [55.731, 37.426]),
      street("Проезд с длинным названием", [55.73, 37.42], [55.7301, 37.4202]),
    );
    const labels = drawn?.streets.map(({ label }) => label) ?? [];
    expect(labels.map((label) => label?.text)).toEqual(["Улица", undefined, undefined]);
    expect(Math.abs(labels[0]?.angle ?? 999)).toBeLessThanOrEqual(90);
  });

  test("is none where no street is known", () => expect(plan()).toBeNull());

  test("of the demo city has streets with names in both languages", () => {
    for (const locale of ["ru", "en"]) {
      const labels = drawPlacePlan(demo, HERE, locale)?.streets.flatMap(({ label }) => label?.text ?? []) ?? [];
      expect(labels.length).toBeGreaterThan(0);
    }
  });
});
