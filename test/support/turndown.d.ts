declare module "turndown" {
  export default class TurndownService {
    constructor(options?: { headingStyle?: "setext" | "atx"; bulletListMarker?: "-" | "*" | "+" });
    turndown(html: string): string;
  }
}
