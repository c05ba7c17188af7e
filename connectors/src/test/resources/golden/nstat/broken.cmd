command: nstat -az
host: srv
at: 1795350600.25
recognised: yes
