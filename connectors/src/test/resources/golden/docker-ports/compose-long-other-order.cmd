command: cat docker-compose.yml
host: srv
at: 1795350600.25
