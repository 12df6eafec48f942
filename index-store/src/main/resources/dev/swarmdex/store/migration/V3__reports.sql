-- Whether a peer has reported a download before is asked at each report, and must not take the longer, the more downloads of that
-- content there have been.
create index download_by_peer on download (peer, finished_at);
