command: :put [:resolve Home.example.org]
host: mikrotik
at: 1795350600.25
recognised: no
