command: ss -lun sport = :51280
host: srv
at: 1795350600.25
exit: 0
recognised: no
