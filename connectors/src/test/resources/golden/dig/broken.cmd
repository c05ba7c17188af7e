command: dig @10.66.66.1 web.example.org
host: cli
at: 1795350600.25
