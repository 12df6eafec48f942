package dev.swarmdex.store;

/** What an answered change survives. */
public enum Durability {
    /** The loss of power: it is on the disk. */
    FSYNC,
    /** The death of the process ({@code kill -9}), but not of the machine: it is in the operating system's cache. */
    PROCESS
}
