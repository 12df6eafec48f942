package dev.swarmdex.protocol.nativeudp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The golden vectors of the module's README: bytes by their title. */
final class Vectors {

    private static final Pattern BLOCK = Pattern.compile("```vectors\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern VECTOR = Pattern.compile("^([a-z]+ .*)\n((?:[0-9a-f ]+\n?)+)", Pattern.MULTILINE);

    private Vectors() {}

    static Map<String, ByteBuffer> startingWith(String prefix) throws IOException {
        Map<String, ByteBuffer> vectors = new LinkedHashMap<>();
        String readme = Files.readString(Path.of("README.md"));
        for (MatchResult block : BLOCK.matcher(readme).results().toList()) {
            for (MatchResult vector : VECTOR.matcher(block.group(1)).results().toList()) {
                if (vector.group(1).startsWith(prefix)) {
                    byte[] bytes = HexFormat.of().parseHex(vector.group(2).replaceAll("\\s", ""));
                    vectors.put(vector.group(1), ByteBuffer.wrap(bytes));
                }
            }
        }
        return vectors;
    }
}
