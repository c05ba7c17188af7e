command: chronyc tracking
host: srv
at: 1795350600.25
