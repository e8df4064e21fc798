/** A command of `missions`: one file beside this one. */
export interface Command {
  /** What it does, in one line of `missions --help`. */
  summary: string
  /** What `missions <command> --help` prints. */
  help: string
  /**
   * Runs it with what stands after its name.
   *
   * @returns exit code: 0 fine, 1 problems found, 2 used wrongly. A command that stays (a server) returns when it has ended.
   * @throws StartFault, printed as one sentence with exit code 1; an error of `parseArgs`, printed with exit code 2.
   */
  run(args: string[]): Promise<number>
}
