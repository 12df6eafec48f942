"""A libtorrent peer on the loopback interface, over TCP only.

seed FILE TORRENT          makes the torrent, prints its port, and serves until it is killed
get TORRENT FOLDER PORT    downloads from the peer at that port, prints the file's name, and ends
"""
import os
import sys
import time

import libtorrent


def session():
    return libtorrent.session({
        "listen_interfaces": "127.0.0.1:0",
        "enable_dht": False,
        "enable_lsd": False,
        "enable_upnp": False,
        "enable_natpmp": False,
        "enable_outgoing_utp": False,
        "enable_incoming_utp": False,
        "in_enc_policy": int(libtorrent.enc_policy.pe_disabled),
        "out_enc_policy": int(libtorrent.enc_policy.pe_disabled),
        "alert_mask": int(libtorrent.alert.category_t.status_notification),
    })


def seed(file, torrent):
    files = libtorrent.file_storage()
    libtorrent.add_files(files, file)
    # SHA-1 only, which is the less work for it
    made = libtorrent.create_torrent(files, flags=libtorrent.create_torrent.v1_only)
    libtorrent.set_piece_hashes(made, os.path.dirname(file))
    with open(torrent, "wb") as out:
        out.write(libtorrent.bencode(made.generate()))
    peer = session()
    peer.add_torrent({
        "ti": libtorrent.torrent_info(torrent),
        "save_path": os.path.dirname(file),
        "flags": libtorrent.torrent_flags.seed_mode,
    })
    while peer.listen_port() == 0:
        time.sleep(0.05)
    print("seeds at port", peer.listen_port())
    while True:
        time.sleep(1)


def get(torrent, folder, port):
    peer = session()
    info = libtorrent.torrent_info(torrent)
    download = peer.add_torrent({"ti": info, "save_path": folder})
    download.connect_peer(("127.0.0.1", port))
    while not download.status().is_seeding:
        peer.wait_for_alert(50)
        peer.pop_alerts()
    print(info.name())
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1] == "seed":
        seed(sys.argv[2], sys.argv[3])
    else:
        get(sys.argv[2], sys.argv[3], int(sys.argv[4]))
