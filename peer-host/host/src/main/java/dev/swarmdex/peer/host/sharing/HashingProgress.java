package dev.swarmdex.peer.host.sharing;

/**
 * How far the hashing of new files has come, since it last had nothing to do.
 *
 * @param bytesDone of all the files that were or are to be hashed
 * @param bytesTotal of the same files; 0 when there is nothing to do
 * @param filesLeft not yet hashed, including those in progress
 */
public record HashingProgress(long bytesDone, long bytesTotal, int filesLeft) {}
