command: curl -v -m 8 http://web.example.org/
host: cli
at: 1795350600.25
exit: 28
