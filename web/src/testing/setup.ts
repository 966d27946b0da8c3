// What jsdom lacks and the components ask for.
import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

Object.defineProperty(window, "matchMedia", {
  value: (query: string) => ({
    matches: false,
    media: query,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
    addListener: vi.fn(),
    removeListener: vi.fn(),
    dispatchEvent: vi.fn(),
  }),
});

class Observer {
  observe = vi.fn();
  unobserve = vi.fn();
  disconnect = vi.fn();
}
vi.stubGlobal("ResizeObserver", Observer);
vi.stubGlobal("IntersectionObserver", Observer);
Element.prototype.scrollTo = vi.fn();

// jsdom lays nothing out; virtual lists show what fits into this size.
Object.defineProperties(HTMLElement.prototype, {
  clientWidth: { get: () => 1000 },
  clientHeight: { get: () => 600 },
});

afterEach(cleanup);
