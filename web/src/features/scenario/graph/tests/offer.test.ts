// The offer of an entry point: begun out of the node, kept while off, open to calls while on.
// proves INT-15 (part: agents)
import { describe, expect, it } from "vitest";
import { begun, offerOf, parametersOf, withOffer } from "../offer";

const node = { id: 7, section_id: 1, type: "entry", name: "Order status!", data: { alias: "" } };

describe("an entry point offered to agents", () => {
  it("begins with a name that does and an example", () => {
    const offer = begun(node, offerOf(node));
    expect(offer).toMatchObject({ offered: true, name: "order_status" });
    expect(offer.parameters.type).toBe("object");
    expect(begun({ ...node, name: "Замовлення" }, offerOf(node)).name).toBe("entry_7");
  });

  it("is open to calls while it is on, and keeps its words while it is off", () => {
    const on = withOffer(node, begun(node, offerOf(node)));
    expect(on.data).toMatchObject({ trigger: "webhook", agent: { offered: true } });
    const off = withOffer(on, { ...offerOf(on), offered: false });
    expect(offerOf(off)).toMatchObject({ offered: false, name: "order_status" });
  });

  it("takes objects as parameters and nothing else", () => {
    expect(parametersOf('{"type": "object"}')).toEqual({ type: "object" });
    for (const text of ["[]", "null", "{", "5"]) expect(parametersOf(text)).toBeNull();
  });
});
