journalctl -k -o cat
