package dev.swarmdex.peer.api;

import java.net.InetAddress;

/**
 * An address of this host, with the network that it is in.
 *
 * @param prefixLength how many of the address's leading bits its network has in common: 0 to 32, with IPv6 to 128
 */
public record Network(InetAddress address, int prefixLength) {

    /** Refuses an impossible length with an IllegalArgumentException. */
    public Network {
        if (prefixLength < 0 || prefixLength > address.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("no network of " + address.getHostAddress() + " has a prefix of "
                    + prefixLength + " bits");
        }
    }

    /**
     * Whether an endpoint's host is an address in this network. A name never is: it is not looked up, so this does not
     * block.
     */
    public boolean contains(String host) {
        InetAddress other;
        try {
            other = InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException _) {
            return false;
        }
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        return ours.length == theirs.length && commonBits(ours, theirs) >= prefixLength;
    }

    private static int commonBits(byte[] one, byte[] other) {
        for (int i = 0; i < one.length; i++) {
            int difference = Byte.toUnsignedInt((byte) (one[i] ^ other[i]));
            if (difference != 0) {
                return i * Byte.SIZE + Integer.numberOfLeadingZeros(difference) - (Integer.SIZE - Byte.SIZE);
            }
        }
        return one.length * Byte.SIZE;
    }
}
