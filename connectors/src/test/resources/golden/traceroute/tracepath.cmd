command: tracepath -n 10.20.0.50
host: cli
at: 1795350600.25
