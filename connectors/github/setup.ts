import { z } from "zod";
import type { Setup } from "../../src/contract/setup.js";
import { connect } from "./client.js";
import type { GithubConfig } from "./config.js";

const MOST = 100;
const Repositories = z.array(z.object({ full_name: z.string(), archived: z.boolean().optional().catch(undefined) }));

/** Source: "List repositories for the authenticated user", GET /user/repos. */
export const setup: Setup<GithubConfig> = {
  list: "repos",
  example: "acme/shop",
  usual: null,
  section: (repos) => ({ repos }),
  offers: async (context) => {
    const client = await connect(context);
    const { data } = await client.get("/user/repos", { sort: "pushed", per_page: MOST });
    return (Repositories.safeParse(data).data ?? []).map(({ full_name: name, archived }) => ({
      name,
      note: archived === true ? "archived" : null,
    }));
  },
  credentials: "A token that may read metadata, pull requests, actions and deployments of the repositories",
};
