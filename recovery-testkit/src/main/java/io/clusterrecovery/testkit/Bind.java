package io.clusterrecovery.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real BIND on a port of 127.0.0.1 that serves one zone and takes dynamic updates (RFC 2136) of
 * who holds its key. Safe for use by several threads. It ends when it is closed.
 */
public final class Bind implements AutoCloseable {
  private static final int START_LIMIT_SECONDS = 60;

  private final Process named;
  private final int port;
  private final Path dir;

  private Bind(Process named, int port, Path dir) {
    this.named = named;
    this.port = port;
    this.dir = dir;
  }

  /**
   * Starts it, and returns when it answers.
   *
   * @param dir a folder for its files, made when it isn't there
   * @param zone the zone's name
   * @param records lines of a zone file, such as {@code etcd-1 60 IN A 10.0.0.11}
   * @throws IllegalStateException when it isn't installed or does not start
   */
  public static Bind start(Path dir, String zone, String... records) {
    Path program = programs().resolve("named");
    try {
      Files.createDirectories(dir);
      int port = freePort();
      Path config = write(dir, zone, port, List.of(records));
      Process named =
          new ProcessBuilder(program.toString(), "-g", "-n", "1", "-c", config.toString())
              .redirectErrorStream(true)
              .start();
      return started(new Bind(named, port, dir));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + program, e);
    }
  }

  /**
   * {@return the folder that holds BIND's programs, {@code dig} and {@code nsupdate} among them}
   */
  public static Path programs() {
    return LabPaths.bind().resolve("bin");
  }

  /** {@return its port, for UDP and TCP} */
  public int port() {
    return port;
  }

  /** {@return the file with the key that updates have to be signed with} */
  public Path key() {
    return dir.resolve("update.key");
  }

  private static Path write(Path dir, String zone, int port, List<String> records)
      throws IOException {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    LabPki.secretFile(
        dir.resolve("update.key"),
        "key \"recovery\" { algorithm hmac-sha256; secret \"%s\"; };%n"
            .formatted(Base64.getEncoder().encodeToString(secret)));
    String head =
        """
        $ORIGIN %s.
        @ 60 IN SOA ns.%s. admin.%s. 1 3600 600 86400 1
        @ 60 IN NS ns.%s.
        ns 60 IN A 127.0.0.1
        """
            .formatted(zone, zone, zone, zone);
    Files.writeString(dir.resolve("zone.db"), head + String.join("\n", records) + "\n");
    String config =
        String.format(
            Locale.ROOT,
            """
            include "%1$s/update.key";
            controls {};
            options {
              directory "%1$s";
              listen-on port %2$d { 127.0.0.1; };
              listen-on-v6 { none; };
              pid-file none;
              session-keyfile none;
              lock-file none;
              recursion no;
              dnssec-validation no;
              notify no;
            };
            zone "%3$s" { type primary; file "zone.db"; allow-update { key "recovery"; }; };
            """,
            dir,
            port,
            zone);
    return Files.writeString(dir.resolve("named.conf"), config);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  // Its output is read to its end, or it would block once nobody takes it.
  private static Bind started(Bind bind) {
    CompletableFuture<Boolean> running = new CompletableFuture<>();
    StringBuilder said = new StringBuilder();
    Thread reader = new Thread(() -> read(bind.named, running, said), "bind-log");
    reader.setDaemon(true);
    reader.start();
    try {
      if (running.get(START_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        return bind;
      }
      throw new IllegalStateException("BIND ended: " + said);
    } catch (InterruptedException e) {
      bind.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while BIND started", e);
    } catch (ExecutionException | TimeoutException e) {
      bind.close();
      throw new IllegalStateException("BIND did not start", e);
    }
  }

  private static void read(Process named, CompletableFuture<Boolean> running, StringBuilder said) {
    try (BufferedReader out = named.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (!running.isDone()) {
          said.append(line).append('\n');
        }
        if (line.endsWith(" running")) {
          running.complete(true);
        }
      }
    } catch (IOException e) {
      said.append(Objects.toString(e.getMessage()));
    }
    running.complete(false);
  }

  @Override
  public void close() {
    named.destroy();
    try {
      if (!named.waitFor(10, TimeUnit.SECONDS)) {
        named.destroyForcibly();
      }
    } catch (InterruptedException e) {
      named.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "Bind[127.0.0.1 port " + port + "]";
  }
}
