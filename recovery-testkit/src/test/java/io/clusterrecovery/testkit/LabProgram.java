package io.clusterrecovery.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a lab of bare hosts in a JVM of its own, says its id, and waits to be ended; or, told so
 * by {@link #STOP_ALL}, stops all labs and says how many there were.
 */
final class LabProgram {
  static final String STOP_ALL = "--stop-all";

  private LabProgram() {}

  public static void main(String[] hosts) throws IOException {
    if (List.of(hosts).equals(List.of(STOP_ALL))) {
      System.out.println(Lab.stopAll());
      return;
    }
    try (Lab lab = Lab.builder().hosts(hosts).start()) {
      System.out.println(lab.id());
      System.in.read();
    }
  }

  /**
   * Runs it.
   *
   * @param prefix command that decides on the network namespace
   */
  static Process start(List<String> prefix, String... hosts) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> argv = new ArrayList<>(prefix);
    argv.addAll(List.of(java, "-Xmx128m", "-cp", System.getProperty("java.class.path")));
    argv.add(LabProgram.class.getName());
    argv.addAll(List.of(hosts));
    return new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  static String id(Process program) throws IOException {
    BufferedReader out = program.inputReader(StandardCharsets.UTF_8);
    String id = out.readLine();
    if (id == null) {
      throw new AssertionError("the program ended without a lab");
    }
    return id;
  }

  static Ran end(Process program) throws IOException, InterruptedException {
    program.getOutputStream().close();
    String out = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!program.waitFor(
        Duration.ofSeconds(30).toSeconds(), java.util.concurrent.TimeUnit.SECONDS)) {
      program.destroyForcibly();
      throw new AssertionError("the program did not end");
    }
    return new Ran(program.exitValue(), out);
  }
}
