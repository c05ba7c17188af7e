command: tracepath web.example.org
host: cli
at: 1795350600.25
