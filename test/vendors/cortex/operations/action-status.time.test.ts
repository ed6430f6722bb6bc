import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../../../src/mock.ts";
import { CLOCK, ENDPOINT, reserved } from "../../../support/cortex.ts";
import {
  BARE,
  cortexClient,
  DAY,
  FILE,
  named,
  OFFLINE,
  SECOND,
} from "../../../support/cortex-client.ts";

const quarantine = (mock: Mock, ...ids: string[]): Promise<string> =>
  cortexClient(mock).act("endpoints/quarantine", { filters: named(...ids), ...FILE });

const TEN_MINUTES = 600 * SECOND;

/** What the reserved endpoint of that code does, and its status after so many milliseconds. */
const BY_TIME: readonly (readonly [
  name: string,
  code: number,
  steps: readonly (readonly [ms: number, status: string])[],
])[] = [
  [
    "completes",
    1,
    [
      [0, "PENDING"],
      [SECOND, "IN_PROGRESS"],
      [2 * SECOND, "COMPLETED_SUCCESSFULLY"],
    ],
  ],
  [
    "fails",
    2,
    [
      [0, "PENDING"],
      [SECOND, "IN_PROGRESS"],
      [2 * SECOND, "FAILED"],
    ],
  ],
  [
    "lacks the file",
    3,
    [
      [0, "PENDING"],
      [SECOND, "IN_PROGRESS"],
      [2 * SECOND, "FAILED"],
    ],
  ],
  [
    "succeeds in part",
    4,
    [
      [SECOND, "IN_PROGRESS"],
      [2 * SECOND, "COMPLETED_PARTIAL"],
    ],
  ],
  [
    "times out",
    5,
    [
      [SECOND, "IN_PROGRESS"],
      [SECOND + TEN_MINUTES - 1, "IN_PROGRESS"],
      [SECOND + TEN_MINUTES, "TIMEOUT"],
    ],
  ],
  [
    "expires",
    6,
    [
      [DAY - 1, "PENDING"],
      [DAY, "EXPIRED"],
    ],
  ],
  [
    "stays pending",
    7,
    [
      [0, "PENDING"],
      [365 * DAY, "PENDING"],
    ],
  ],
  [
    "is stuck",
    8,
    [
      [0, "PENDING"],
      [SECOND, "IN_PROGRESS"],
      [365 * DAY, "IN_PROGRESS"],
    ],
  ],
  [
    "is cancelled",
    9,
    [
      [0, "PENDING"],
      [SECOND, "CANCELLED"],
    ],
  ],
  [
    "is aborted",
    10,
    [
      [0, "PENDING"],
      [SECOND, "PENDING_ABORT"],
      [2 * SECOND, "ABORTED"],
    ],
  ],
];

describe("advanced by time", () => {
  it.each(BY_TIME)("an action that %s shows each step", async (_name, code, steps) => {
    await using mock = await startMock({ clock: CLOCK });
    const id = await quarantine(mock, reserved(code));
    const { statuses } = cortexClient(mock);
    let gone = 0;
    for (const [at, status] of steps) {
      mock.clock.advance(at - gone);
      gone = at;
      expect([at, await statuses(id)]).toEqual([at, { [reserved(code)]: status }]);
    }
    // A final state stays. Any other state here never ends.
    mock.clock.advance(400 * DAY);
    expect(await statuses(id)).toEqual({ [reserved(code)]: steps.at(-1)?.[1] });
  });

  it("an action on an offline endpoint stays pending for a day, then expires", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const id = await quarantine(mock, OFFLINE);
    const { statuses } = cortexClient(mock);
    for (const [ms, status] of [
      [TEN_MINUTES, "PENDING"],
      [DAY - TEN_MINUTES - 1, "PENDING"],
      [1, "EXPIRED"],
      [DAY, "EXPIRED"],
    ] as const) {
      mock.clock.advance(ms);
      expect(await statuses(id)).toEqual({ [OFFLINE]: status });
    }
  });

  it("an action on several endpoints ends on each of them separately", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const id = await quarantine(mock, ENDPOINT, BARE, OFFLINE, reserved(4));
    mock.clock.advance(2 * SECOND);
    expect(await cortexClient(mock).statuses(id)).toEqual({
      [ENDPOINT]: "COMPLETED_SUCCESSFULLY",
      [BARE]: "FAILED",
      [OFFLINE]: "PENDING",
      [reserved(4)]: "COMPLETED_PARTIAL",
    });
  });
});
