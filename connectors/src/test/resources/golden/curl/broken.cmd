command: curl -sS http://192.0.2.80/
host: cli
at: 1795350600.25
