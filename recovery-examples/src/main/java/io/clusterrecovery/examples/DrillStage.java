package io.clusterrecovery.examples;

import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The lab of a drill and the folder of its reports. */
final class DrillStage implements AutoCloseable {
  private final Lab lab;
  private final Path folder;
  private final DrillOptions options;
  private final PrintStream out;

  private DrillStage(Lab lab, Path folder, DrillOptions options, PrintStream out) {
    this.lab = lab;
    this.folder = folder;
    this.options = options;
    this.out = out;
  }

  static DrillStage open(DrillOptions options, PrintStream out, Consumer<String> tell) {
    LabBuilder builder = Lab.builder().hosts("master-0", "master-1", "master-2");
    switch (options.platform()) {
      case SYSTEMD -> builder.kubernetes(true);
      case KUBEADM -> builder.kubeadm(true);
      case OPENSHIFT41 -> builder.openShift41(true);
    }
    Optional.ofNullable(options.scripts()).ifPresent(builder::scripts);
    Lab lab = builder.etcd(options.etcd()).aws(true).keep(options.keep()).listener(tell).start();
    return new DrillStage(lab, folder(options, lab), options, out);
  }

  Lab lab() {
    return lab;
  }

  Path folder() {
    return folder;
  }

  private static Path folder(DrillOptions options, Lab lab) {
    Path folder =
        options.report() == null
            ? lab.directory().resolveSibling("reports").resolve(lab.id())
            : options.report();
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be made", e);
    }
  }

  /** Takes the lab down, or lets it stay if it is to be kept. */
  @Override
  public void close() {
    lab.close();
    if (options.keep()) {
      out.println("lab=" + lab.id());
      out.println("to look around: set -a; . " + folder.resolve("lab.env"));
    }
  }
}
