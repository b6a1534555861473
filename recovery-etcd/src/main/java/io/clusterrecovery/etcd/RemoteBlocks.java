package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RemoteHost;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * The bytes of a file on a host, fetched block by block as they are asked for: a few pages of a
 * large database cost a few commands, and not the time of a copy.
 */
final class RemoteBlocks implements BoltSource {
  private static final int BLOCK = 1 << 16;

  /** 8 MiB: enough for what is looked for, and bearable over a slow line. */
  private static final int MOST_BLOCKS = 128;

  /** Arguments: the file, the number of its first byte from 1 on, how many bytes. */
  private static final String SCRIPT =
      "tail -c \"+$2\" -- \"$1\" | head -c \"$3\" | base64 | tr -d '\\n'";

  private final RemoteHost host;
  private final String path;
  private final Map<Long, byte[]> blocks = new HashMap<>();

  RemoteBlocks(RemoteHost host, String path) {
    this.host = host;
    this.path = path;
  }

  @Override
  public long size() throws IOException {
    String size = output(Command.of("stat", "-L", "-c", "%s", "--", path));
    try {
      return Long.parseLong(size);
    } catch (NumberFormatException e) {
      throw new IOException("stat printed " + size, e);
    }
  }

  @Override
  public void read(long position, ByteBuffer buffer) throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      byte[] block = block(at / BLOCK);
      int from = (int) (at % BLOCK);
      int length = Math.min(buffer.remaining(), block.length - from);
      if (length <= 0) {
        throw new EOFException("it ends before byte " + (at + 1));
      }
      buffer.put(block, from, length);
      at += length;
    }
  }

  /** The first block as it is now, whatever was fetched before. */
  byte[] firstAgain() throws IOException {
    return fetch(0);
  }

  byte[] first() throws IOException {
    return block(0);
  }

  private byte[] block(long number) throws IOException {
    byte[] known = blocks.get(number);
    if (known != null) {
      return known;
    }
    if (blocks.size() == MOST_BLOCKS) {
      throw new IOException(
          "more than %d bytes of it would be needed".formatted(MOST_BLOCKS * BLOCK));
    }
    byte[] fetched = fetch(number);
    blocks.put(number, fetched);
    return fetched;
  }

  private byte[] fetch(long number) throws IOException {
    String text =
        output(
            Command.of(
                "sh",
                "-c",
                SCRIPT,
                "sh",
                path,
                Long.toString(number * BLOCK + 1),
                Integer.toString(BLOCK)));
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IOException("what came could not be decoded", e);
    }
  }

  /** The output may hold secrets, so a failure is told by what was printed as an error alone. */
  private String output(Command command) throws IOException {
    CommandResult result = host.run(command.asRoot());
    if (!result.succeeded()) {
      String why = "reading it ended with %d: %s";
      throw new IOException(why.formatted(result.exitStatus(), result.err().strip()));
    }
    return result.text();
  }
}
