command: tcpdump -ni any
host: srv
at: 1795350600.25
