package io.clusterrecovery.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The primary server of a zone, reached by BIND's own programs on this machine.
 *
 * @param programs the folder that holds {@code dig} and {@code nsupdate}
 * @param address the server's IP address
 * @param port the server's port
 * @param key the file with the key that updates are signed with; only its path is an argument
 */
record BindServer(Path programs, String address, int port, Path key) {
  private static final int LIMIT_SECONDS = 30;

  /** One record as the server holds it. */
  record Answer(String name, int ttl, String type, String value) {}

  /** How an update ended: carried out as a whole, or not at all and why. */
  record Updated(boolean done, String said) {}

  /** What the server itself holds of that name and type, a CNAME in its place included. */
  List<Answer> ask(String name, String type) {
    List<String> dig =
        List.of(
            programs.resolve("dig").toString(),
            "+noall",
            "+answer",
            "+norecurse",
            "+time=2",
            "+tries=3",
            "@" + address,
            "-p",
            Integer.toString(port),
            name + ".",
            type);
    Updated answered = run(dig, "");
    if (!answered.done()) {
      throw new IllegalStateException(this + " does not answer: " + answered.said());
    }
    List<Answer> answers = new ArrayList<>();
    for (String line : answered.said().lines().toList()) {
      String[] part = line.split("\\s+", 5);
      if (part.length == 5 && !line.startsWith(";")) {
        answers.add(new Answer(part[0], Integer.parseInt(part[1]), part[3], part[4].strip()));
      }
    }
    return answers;
  }

  /** Sends one update: the server checks all its prerequisites, then carries out all or nothing. */
  Updated update(String zone, List<String> lines) {
    String script =
        "server %s %d\nzone %s.\n%s\nsend\n"
            .formatted(address, port, zone, String.join("\n", lines));
    List<String> nsupdate =
        List.of(
            programs.resolve("nsupdate").toString(), "-k", key.toString(), "-t", "10", "-r", "1");
    return run(nsupdate, script);
  }

  private static Updated run(List<String> command, String input) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      // What they say fits the pipe, so it can be read once they have ended.
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Updated(false, "it did not end in " + LIMIT_SECONDS + " s");
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Updated(process.exitValue() == 0, said.strip());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command.get(0), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Updated(false, "interrupted");
    }
  }

  @Override
  public String toString() {
    return "the DNS server " + address + " port " + port;
  }
}
