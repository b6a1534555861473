package io.clusterrecovery.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * A second way from this JVM to a host of its lab, as slow and as long as wanted, with an address
 * of its own; there is one at a time in a lab. It is made of a small program, compiled by {@code
 * gcc} when it is first needed.
 */
public final class LabLine implements AutoCloseable {
  private static final String SOURCE = "link/link.c";
  private static final String NEAR = "10.77.0.1";
  private static final String FAR = "10.77.0.2";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Process forwarder;

  private LabLine(Process forwarder) {
    this.forwarder = forwarder;
  }

  static LabLine between(Path near, Path far, int megabits, Duration roundTrip) {
    List<String> command =
        List.of(
            program().toString(),
            near.toString(),
            NEAR,
            far.toString(),
            FAR,
            Integer.toString(megabits),
            Long.toString(roundTrip.toNanos() / 1000));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      LabLine line = new LabLine(process);
      String said = process.inputReader(StandardCharsets.UTF_8).readLine();
      if (!"up".equals(said)) {
        line.close();
        throw new LabException("the line did not come up: " + said);
      }
      return line;
    } catch (IOException e) {
      throw new LabException("the line did not come up", e);
    }
  }

  /** {@return the address of the host over this line} */
  public String address() {
    return FAR;
  }

  /** Takes the line down; what goes over it stands still, then breaks. */
  @Override
  public void close() {
    forwarder.destroyForcibly();
    Await.until("the line is down", LIMIT, () -> !forwarder.isAlive());
  }

  private static Path program() {
    byte[] source = source();
    Path program = LabPaths.cache().resolve("link-" + digest(source));
    if (!Files.exists(program)) {
      compile(source, program);
    }
    return program;
  }

  private static void compile(byte[] source, Path program) {
    try {
      Path aside = Files.createTempFile(program.getParent(), "tmp.link-", "");
      Exec.ok(source, "gcc", "-O2", "-pthread", "-x", "c", "-", "-o", aside.toString());
      Files.move(aside, program, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] source() {
    try (InputStream in = LabLine.class.getResourceAsStream(SOURCE)) {
      if (in == null) {
        throw new IllegalStateException(SOURCE + " is missing from the test kit's jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] source) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(source);
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
