command: while sleep 10; do date +%T; wg show wg0 endpoints; done
host: srv
at: 1795350600.25
