command: oci network security-list get --security-list-id id
host: srv
at: 1795350600.25
exit: 0
