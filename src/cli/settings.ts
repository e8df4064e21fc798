/** The settings that every staying command obeys, for `--help`. */
export const settingsHelp = `Settings (environment variables):
  PORT             port of the pages (4545)
  HOST             address to listen on (127.0.0.1; 0.0.0.0 for all of this machine)
  PUBLIC_URL       where people reach it, for links (http://HOST:PORT)
  MISSIONS_DATA    data folder (.missions)
  WORKER           false: serve pages only, and let workers do the runs (true)
  CONCURRENCY      steps performed at the same time by one process (400)
  METRICS_PORT     a worker's port for /healthz and /metrics, on HOST (none; missions start has them on PORT)
  MISSIONS_KEEP_RUNS               days that runs are kept after they have ended (for ever)
  SMTP_URL, MAIL_FROM              mail server and sender
  CALLS_ALLOWED    host:port,… of your own network that missions may call
  LOG_LEVEL        trace, debug, info, warn, error, silent (info)
  DATABASE_URL, SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, SUPABASE_SECRET_KEY
                   use this Supabase instead of the embedded database`
