package dev.swarmdex.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit to how much data may flow, written {@code 20MB/s}, {@code 100Mbit/s} or {@code unlimited}.
 *
 * @param bytesPerSecond positive; {@link Long#MAX_VALUE} for no limit
 */
public record DataRate(long bytesPerSecond) {

    /** No limit. */
    public static final DataRate UNLIMITED = new DataRate(Long.MAX_VALUE);

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?) ?([A-Za-z]+)/s");
    private static final Map<String, Long> BITS = Map.ofEntries(Map.entry("B", 8L), Map.entry("kB", 8_000L),
            Map.entry("MB", 8_000_000L), Map.entry("GB", 8_000_000_000L), Map.entry("KiB", 8L << 10),
            Map.entry("MiB", 8L << 20), Map.entry("GiB", 8L << 30), Map.entry("bit", 1L), Map.entry("kbit", 1_000L),
            Map.entry("Mbit", 1_000_000L), Map.entry("Gbit", 1_000_000_000L));

    /** Refuses rates at which nothing ever arrives. */
    public DataRate {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("it is less than 1 byte a second");
        }
    }

    /** Reads a rate as it is written in a config. */
    public static DataRate parse(String text) {
        if (text.equals("unlimited")) {
            return UNLIMITED;
        }
        Matcher matcher = FORM.matcher(text);
        Long bits = matcher.matches() ? BITS.get(matcher.group(2)) : null;
        if (bits == null) {
            throw new IllegalArgumentException("its unit must be one of B/s, kB/s, MB/s, GB/s, KiB/s, MiB/s, GiB/s,"
                    + " bit/s, kbit/s, Mbit/s, Gbit/s");
        }
        BigDecimal inBits = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(bits));
        return new DataRate(inBits.longValue() / 8);
    }

    /** Whether there is no limit. */
    public boolean isUnlimited() {
        return bytesPerSecond == Long.MAX_VALUE;
    }

    /** As it may be written in a config. */
    @Override
    public String toString() {
        if (isUnlimited()) {
            return "unlimited";
        }
        String unit = "B/s";
        long number = bytesPerSecond;
        for (String larger : List.of("kB/s", "MB/s", "GB/s")) {
            if (number % 1000 != 0) {
                break;
            }
            number /= 1000;
            unit = larger;
        }
        return number + unit;
    }
}
