import { expect, it } from "vitest";
import { drive } from "../../support/broken-qualys/drive.ts";
import { QUALYS_STYLES } from "../../support/correct-clients.ts";
import { programClient } from "../../support/program-client.ts";
import { eachThird } from "../../support/programs.ts";
import { faultsIn } from "../../support/results.ts";
import { sharedMock } from "../../support/shared-mock.ts";

const target = sharedMock();

it.concurrent.for(QUALYS_STYLES)(
  "a client that $does is found no fault with",
  { timeout: 120_000 },
  async (style, { skip }) => {
    skip(...eachThird(QUALYS_STYLES.indexOf(style), "all wrong and right clients"));
    const { program, connect } = style;
    const results = await drive(programClient(program, connect), {
      // Time is not of the style.
      isChosen: (id) => !id.includes(".hangs"),
      target: target(),
    });
    expect(faultsIn(results)).toEqual([]);
  },
);
