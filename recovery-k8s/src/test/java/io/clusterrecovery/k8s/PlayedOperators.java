package io.clusterrecovery.k8s;

import io.clusterrecovery.Event;
import io.clusterrecovery.EventListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Plays the operators of OpenShift's control plane: each makes a new revision when it is told. */
final class PlayedOperators implements EventListener {
  private static final String BEFORE = status(3, 3, "False");
  private static final String MADE = status(4, 3, "True");
  private static final String DONE = status(4, 4, "False");

  /** What happened, in order. */
  final List<String> story = new ArrayList<>();

  private final OpenShiftApis openShift;
  private final Runnable whileApiServersRollOut;

  PlayedOperators(OpenShiftApis openShift, Runnable whileApiServersRollOut) {
    this.openShift = openShift;
    this.whileApiServersRollOut = whileApiServersRollOut;
  }

  static void define(OpenShiftApis openShift) {
    for (ApiResource kind : OperatorRedeployer.OPERATORS) {
      openShift.define(kind, kind.plural().toUpperCase(Locale.ROOT), "Cluster");
      openShift.make(
          kind,
          "",
          kind.plural().toUpperCase(Locale.ROOT),
          "{\"metadata\": {\"name\": \"cluster\"}, \"spec\": {}}");
      openShift.tell(kind, "", "cluster", BEFORE);
    }
  }

  @Override
  public void on(Event event) {
    if (event instanceof Event.ChangeFinished e) {
      story.add("told " + e.change().on());
      openShift.tell(kind(e.change().on()), "", "cluster", MADE);
      if (e.change().on().equals("kubeapiservers")) {
        whileApiServersRollOut.run();
      }
    } else if (event instanceof Event.WaitProgress e && e.seen().contains("4, on its hosts [3")) {
      openShift.tell(kind(e.awaited()), "", "cluster", DONE);
    } else if (event instanceof Event.WaitFinished e) {
      story.add("rolled out " + kind(e.awaited()).plural());
    }
  }

  private static ApiResource kind(String text) {
    return OperatorRedeployer.OPERATORS.stream()
        .filter(kind -> text.startsWith(kind.plural()))
        .findFirst()
        .orElseThrow();
  }

  private static String status(int latest, int current, String progressing) {
    return """
    {"latestAvailableRevision": %d,
     "nodeStatuses": [{"currentRevision": %2$d}, {"currentRevision": %2$d}],
     "conditions": [{"type": "NodeInstallerProgressing", "status": "%3$s"}]}
    """
        .formatted(latest, current, progressing);
  }
}
