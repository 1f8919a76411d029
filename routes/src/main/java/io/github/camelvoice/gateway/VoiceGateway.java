package io.github.camelvoice.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.camelvoice.gateway.access.AccountCommand;
import io.github.camelvoice.runtime.EngineClock;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/** {@code java -jar voice-gateway.jar}: settings from system properties and environment; ends with 0 after SIGTERM, 1 if it cannot start. */
public final class VoiceGateway {

    private VoiceGateway() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length > 0 && arguments[0].equals("account")) {
            System.exit(account(List.of(arguments).subList(1, arguments.length)));
        }
        if (arguments.length > 0 && arguments[0].equals("user")) {
            System.exit(user(List.of(arguments).subList(1, arguments.length)));
        }
        if (arguments.length > 0 && arguments[0].equals("check")) {
            System.exit(check(List.of(arguments).subList(1, arguments.length)));
        }
        if (arguments.length > 0) {
            boolean help = arguments[0].equals("--help") || arguments[0].equals("-h");
            usage(help ? System.out : System.err);
            System.exit(help ? 0 : 1);
        }
        Gateway gateway = start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            gateway.drain();
            // Otherwise the exit code would be that of the signal, though all went well.
            Runtime.getRuntime().halt(0);
        }, "voice-shutdown"));
        long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
        gateway.ports().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .forEach(port -> System.out.println("  " + port.getKey() + " = " + port.getValue()));
        String host = gateway.ports().get(Setting.HTTP_HOST.key()).toString();
        System.out.println("  console = http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + gateway.ports().get(Setting.HTTP_PORT.key())
                + "/console/");
        System.out.println("voice gateway ready in " + millis + " ms");
        System.out.flush();
        new CountDownLatch(1).await();
    }

    private static Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        System.getProperties().stringPropertyNames().forEach(name -> properties.put(name, System.getProperty(name)));
        return properties;
    }

    /** @return exit code */
    private static int account(List<String> arguments) {
        try {
            Path folder = new DataFolder(GatewaySettings.dataDir(properties(), System.getenv())).path("");
            new AccountCommand(folder, System.out, EngineClock.SYSTEM).run(arguments);
            return 0;
        } catch (IllegalArgumentException | SettingException | IOException e) {
            System.err.println("account: " + e.getMessage());
            return 1;
        }
    }

    /** @return exit code */
    private static int user(List<String> arguments) {
        // The answer is what is on the standard output.
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        try {
            new UserCommand(() -> UserPlaces.open(GatewaySettings.read(properties(), System.getenv())), System.in, System.out, terminal()).run(arguments);
            return 0;
        } catch (IllegalArgumentException | SettingException | IOException e) {
            System.err.println("user: " + e.getMessage());
            return 1;
        }
    }

    /** @return null where nobody sits there; from Java 22 on there is a console in any case */
    private static Console terminal() {
        Console console = System.console();
        try {
            return console != null && (boolean) Console.class.getMethod("isTerminal").invoke(console) ? console : null;
        } catch (ReflectiveOperationException before22) {
            return console;
        }
    }

    /** @return exit code */
    private static int check(List<String> arguments) {
        try {
            return new CheckCommand(System.out, System.in).run(arguments);
        } catch (IllegalArgumentException | IOException e) {
            System.err.println("check: " + e.getMessage());
            return 1;
        }
    }

    private static Gateway start() {
        try {
            return Gateway.start(GatewaySettings.read(properties(), System.getenv()));
        } catch (SettingException e) {
            System.err.println("voice gateway cannot start: " + e.getMessage());
            LoggerFactory.getLogger(VoiceGateway.class).debug("cannot start", e);
        } catch (Exception e) {
            LoggerFactory.getLogger(VoiceGateway.class).error("voice gateway cannot start", e);
        }
        System.exit(1);
        throw new IllegalStateException("unreachable");
    }

    private static void usage(PrintStream out) {
        out.println("Usage: java [-Dvoice.setting=value ...] -jar voice-gateway.jar");
        out.println("       java [-Dvoice.data.dir=data] -jar voice-gateway.jar account add|renew|list|remove ...");
        out.println("       java -jar voice-gateway.jar check [--url URL] [--whisper] [--strict-x-headers] FILE");
        out.println("       java [-Dvoice.data.dir=data] -jar voice-gateway.jar user add|remove|list ...");
        UserCommand.usage(out);
        AccountCommand.usage(out);
        out.println("Settings are system properties, or environment variables in capitals: voice.sip.port is VOICE_SIP_PORT.");
        for (Setting setting : Setting.values()) {
            out.printf("  %-28s %s%s%n", setting.key(), setting.help(),
                    setting.fallback().isEmpty() ? "" : " [" + setting.fallback() + "]");
        }
        out.println("Port 0 means any free one; those in use are written to ports.json in the data folder.");
    }
}
