command: tcpdump -i wg0 host web.example.org
host: srv
at: 1795350600.25
