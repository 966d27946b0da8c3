// What jsdom lacks and the components ask for.
import { cleanup, configure } from "@testing-library/react";
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
// Not stubbed: a test that takes its own stubs back would take these too.
Object.assign(globalThis, { ResizeObserver: Observer, IntersectionObserver: Observer });
Element.prototype.scrollTo = vi.fn();
Element.prototype.scrollIntoView = vi.fn();
window.scrollTo = vi.fn();
Object.defineProperty(document, "fonts", {
  value: { addEventListener: vi.fn(), removeEventListener: vi.fn() },
});

// jsdom lays nothing out; virtual lists show what fits into this size.
Object.defineProperties(HTMLElement.prototype, {
  clientWidth: { get: () => 1000 },
  clientHeight: { get: () => 600 },
});

// The machine may be busy with other tests; what is there is found at once all the same.
configure({ asyncUtilTimeout: 10_000 });
afterEach(cleanup);
