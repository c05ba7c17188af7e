command: curl -sS https://web.example.org/
host: cli
at: 1795350600.25
exit: 56
