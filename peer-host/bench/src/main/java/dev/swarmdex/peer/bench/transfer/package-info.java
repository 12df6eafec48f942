/**
 * Transfers between real programs: an index server and hosts as processes with their plugin jars, beside the programs that
 * one would use instead.
 */
@NullMarked
package dev.swarmdex.peer.bench.transfer;

import org.jspecify.annotations.NullMarked;
