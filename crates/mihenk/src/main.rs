//! The command line: reads what is asked, calls the node, says the answer.
//!
//! No logic lives here. [`cli`] declares the commands, each command has a file, [`report`] puts results into words for a
//! terminal. Results go to standard output, everything else to standard error. The exit code is 0 when it was done, 1 when it
//! was done and what `--fail-on-hit` or `--fail-on-stale` asks about is so, 2 when it could not be done. Whoever stops reading
//! our output ends us quietly.

#![forbid(unsafe_code)]

mod alerts;
mod audit;
mod backup;
mod batch;
mod cases;
mod changed;
mod cli;
mod compare;
mod customers;
mod demo;
mod desk;
mod documents;
mod files;
mod freezes;
mod intake;
mod lists;
mod model;
mod networks;
mod own;
mod paint;
mod people;
mod redress;
mod report;
mod reports;
mod retention;
mod say;
mod scan;
mod screen;
mod serve;
mod table;
mod when;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done, without hits or without asking for them.
    Done,
    /// Done, with hits.
    Hits,
    /// Not all of it could be done; why was said.
    Failed,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let fail_on_hit = cli.command.fail_on_hit();
    match run(cli) {
        Ok(Outcome::Hits) if fail_on_hit => ExitCode::from(1),
        Ok(Outcome::Failed) => ExitCode::from(2),
        Ok(_) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&error);
            ExitCode::from(2)
        }
    }
}

/// Says what could not be done, and why.
fn tell(error: &anyhow::Error) {
    let told = error.to_string();
    say::note(&format!("error: {told}"));
    for cause in error.chain().skip(1).map(ToString::to_string).filter(|c| !told.contains(c)) {
        say::note(&format!("  because: {cause}"));
    }
}

fn run(cli: Cli) -> anyhow::Result<Outcome> {
    if let Some(threads) = cli.threads {
        rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads)).build_global()?;
    }
    let (as_of, threads) = (cli.command.as_of(), cli.threads);
    let place = cli::Place { data: cli.data, model: cli.model, store: cli.store, as_of };
    match cli.command {
        Command::Demo(demo) if demo.serve => serve::run_demo(&place, demo.listen, threads),
        Command::Demo(_) => demo::run(&place),
        Command::Lists(lists) => lists::run(&place, lists),
        Command::Screen(screen) => screen::run(&place, &screen),
        Command::Scan(scan) => scan::run(&place, &scan),
        Command::Compare(compare) => compare::run(&place, &compare),
        Command::Own(own) => own::run(&place, &own),
        Command::Customers(command) => customers::run(&place, command),
        Command::Login(login) => people::login(&place, &login),
        Command::Logout => people::logout(&place),
        Command::User(user) => people::run(&place, user),
        Command::Freeze(freeze) => freezes::run(&place, *freeze),
        Command::Report(report) => reports::run(&place, *report),
        Command::Intake(intake) => intake::run(&place, *intake),
        Command::Audit(audit) => audit::run(&place, audit),
        Command::Retention(retention) => retention::run(&place, retention),
        Command::Backup(backup) => backup::backup(&place, &backup),
        Command::Restore(restore) => backup::restore(&place, &restore),
        Command::Key(key) => documents::run(&place, key),
        Command::Alert(alert) => alerts::run(&place, *alert),
        Command::Case(case) => cases::run(&place, case),
        Command::Network(network) => networks::run(&place, &network),
        Command::Redress(redress) => redress::run(&place, *redress),
        Command::Model(model) => model::run(&place, model),
        Command::Serve(options) => serve::run(&place, &options, threads),
    }
}

/// Whoever read our output has stopped; that is not our error (`mihenk screen … | head`).
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}
