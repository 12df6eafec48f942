package dev.swarmdex.server.service;

/**
 * How busy a peer said it is.
 *
 * @param uploads how many requests it was answering at a time
 * @param bytesPerSecond how fast it was sending in all, while it was sending
 */
public record Load(int uploads, long bytesPerSecond) {}
