// What an answer to a question becomes: the same table as on the server.
const GROWTH = {
  what_next: { kind: "event", relation: "led_to" },
  what_else: { kind: "outcome", relation: "inspired" },
  what_hindered: { kind: "condition", relation: "hindered", pointsIn: true },
  what_helped: { kind: "condition", relation: "made_possible", pointsIn: true },
  what_meant: { kind: "meaning", relation: "meant" },
};

export const growth = (question) => GROWTH[question] ?? GROWTH.what_next;
