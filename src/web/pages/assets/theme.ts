// Runs before anything is drawn: the theme that was chosen here, else the system's. Nothing is sent anywhere.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch {
    // A browser that forbids storage follows the system.
  }
  const current = (): "light" | "dark" => {
    if (chosen === "light" || chosen === "dark") return chosen;
    return system.matches ? "dark" : "light";
  };
  const show = (): void => {
    root.dataset["theme"] = current();
    const button = document.querySelector<HTMLButtonElement>(".theme-switch");
    if (button === null) return;
    const label = current() === "dark" ? button.dataset["toLight"] : button.dataset["toDark"];
    button.setAttribute("aria-label", label ?? "");
    button.title = label ?? "";
    button.hidden = false;
  };
  show();
  system.addEventListener("change", show);
  document.addEventListener("DOMContentLoaded", () => {
    show();
    document.querySelector(".theme-switch")?.addEventListener("click", () => {
      chosen = current() === "dark" ? "light" : "dark";
      try {
        localStorage.setItem("theme", chosen);
      } catch {
        // It holds for this page.
      }
      show();
      document.dispatchEvent(new Event("themechange"));
    });
  });
})();
