// A Kafka of one node, broker and controller in one (KRaft), on loopback only, for tests. Ends when its standard input does.
// java -Dport.broker=9092 -Dport.controller=9093 -cp … TestKafka <data folder>; says "Kafka Server started" when it is ready.
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;

public final class TestKafka {
  public static void main(String[] args) throws Exception {
    Path data = Path.of(args[0]).toAbsolutePath();
    Path log = data.resolve("log");
    Path properties = data.resolve("server.properties");
    boolean fresh = !Files.exists(log.resolve("meta.properties"));
    Files.createDirectories(log);
    Files.writeString(properties, properties(port("broker"), port("controller"), log.toFile()));
    if (fresh) {
      String[] format = {"format", "-t", Uuid.randomUuid().toString(), "-c", properties.toString()};
      int code = kafka.tools.StorageTool.execute(format, System.out);
      if (code != 0) throw new IllegalStateException("the storage could not be formatted: code " + code);
    }
    Thread parent = new Thread(TestKafka::endWithParent, "parent");
    parent.setDaemon(true);
    parent.start();
    kafka.Kafka.main(new String[] {properties.toString()});
  }

  private static int port(String name) {
    return Integer.getInteger("port." + name);
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {}
    } catch (IOException gone) {
      // as good as its end
    }
    Runtime.getRuntime().halt(0);
  }

  private static String properties(int broker, int controller, File log) {
    return String.join(
        "\n",
        "process.roles=broker,controller",
        "node.id=1",
        "controller.quorum.voters=1@127.0.0.1:" + controller,
        "listeners=PLAINTEXT://127.0.0.1:" + broker + ",CONTROLLER://127.0.0.1:" + controller,
        "advertised.listeners=PLAINTEXT://127.0.0.1:" + broker,
        "controller.listener.names=CONTROLLER",
        "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name=PLAINTEXT",
        "log.dirs=" + log,
        // After kill -9 the controller takes the broker back once this has passed; 9 s by default.
        "broker.session.timeout.ms=3000",
        "broker.heartbeat.interval.ms=500",
        "num.partitions=2",
        "num.network.threads=2",
        "num.io.threads=2",
        "background.threads=2",
        "auto.create.topics.enable=false",
        "offsets.topic.num.partitions=1",
        "offsets.topic.replication.factor=1",
        "transaction.state.log.num.partitions=1",
        "transaction.state.log.replication.factor=1",
        "transaction.state.log.min.isr=1",
        "group.initial.rebalance.delay.ms=0",
        "log.cleaner.dedupe.buffer.size=4194304",
        "");
  }
}
