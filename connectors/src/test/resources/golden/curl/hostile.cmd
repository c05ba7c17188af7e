command: curl -sS http://user:password@192.0.2.80:80/secret
host: cli
at: 1795350600.25
